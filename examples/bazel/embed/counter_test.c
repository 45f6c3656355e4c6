/* Two Python libraries in one C program: a result, and an exception. */
#include "examples/bazel/embed/counter.h"

#include <stdio.h>
#include <string.h>

static int check(int passed, const char *what) {
    if (!passed) fprintf(stderr, "failed: %s\n", what);
    return passed ? 0 : 1;
}

int main(void) {
    molt_config config = {0};
    config.struct_size = sizeof config;
    molt_runtime *runtime = NULL;
    molt_error *error = NULL;
    if (molt_runtime_new(&config, &runtime, &error) != MOLT_OK) return 1;

    int failures = 0;
    int64_t cents = 0;
    molt_status status = shop_order_total(runtime, "1 darjeeling, 2 assam", &cents, &error);
    failures += check(status == MOLT_OK && cents == 1120, "total");

    molt_value *blend = NULL;
    status = tea_blend_find(runtime, "coffee", &blend, &error);
    failures += check(status == MOLT_EXCEPTION, "coffee is unknown");
    failures += check(error && strcmp(molt_error_type(error), "tea.blend.UnknownBlendError") == 0, "its type");
    molt_error_free(error);
    molt_value_free(blend);
    molt_runtime_free(runtime);
    return failures;
}
