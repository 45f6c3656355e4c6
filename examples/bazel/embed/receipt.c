/* Prints a receipt: a C program that calls a Python function. */
#include "examples/bazel/shop/shop.h"

#include <stdio.h>

int main(int argc, char **argv) {
    molt_config config = {0};
    config.struct_size = sizeof config;
    molt_runtime *runtime = NULL;
    molt_error *error = NULL;
    char *text = NULL;
    molt_status status = molt_runtime_new(&config, &runtime, &error);
    if (status == MOLT_OK) {
        status = shop_order_receipt(runtime, argc > 1 ? argv[1] : "3 sencha", &text, &error);
    }
    if (status == MOLT_OK) {
        puts(text);
        molt_string_free(text);
    } else if (error) {
        fprintf(stderr, "%s", molt_error_traceback(error));
        molt_error_free(error);
    }
    molt_runtime_free(runtime);
    return status == MOLT_OK ? 0 : 1;
}
