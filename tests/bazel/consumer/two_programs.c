/* Two libraries without a molt_cc_library over them: the linker refuses. */
#include "shop.h"

int main(void) { return 0; }
