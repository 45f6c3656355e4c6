/* Reads a Cargo.lock file with the Python package in ../rust-host/handlers, compiled into one archive. */
#include "handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole file as a string that ends with a zero byte, or NULL. */
static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = NULL;
    long size = -1;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        text = malloc((size_t)size + 1);
        if (text && fread(text, 1, (size_t)size, file) == (size_t)size) {
            text[size] = 0;
        } else {
            free(text);
            text = NULL;
        }
    }
    fclose(file);
    return text;
}

static int fail(molt_status status, molt_error *error) {
    if (error) {
        fputs(molt_error_traceback(error), stderr);
        molt_error_free(error);
    } else {
        fprintf(stderr, "molt status %d\n", (int)status);
    }
    return 1;
}

/* Options(): a class is called like any other value. */
static molt_status default_options(molt_runtime *runtime, molt_value **options, molt_error **error) {
    return molt_call_function(runtime, "handlers.api", "Options", NULL, 0, NULL, 0, options, error);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s Cargo.lock\n", argv[0]);
        return 2;
    }
    char *text = read_file(argv[1]);
    if (!text) {
        fprintf(stderr, "cannot read %s\n", argv[1]);
        return 2;
    }
    molt_config config = {0};
    config.struct_size = sizeof config;
    molt_error *error = NULL;
    molt_runtime *runtime = NULL;
    molt_status status = molt_runtime_new(&config, &runtime, &error);
    if (status != MOLT_OK) return fail(status, error);

    molt_value *options = NULL;
    char *report = NULL;
    status = default_options(runtime, &options, &error);
    if (status == MOLT_OK) status = handlers_api_report(runtime, text, options, &report, &error);
    molt_value_free(options);
    if (status != MOLT_OK) return fail(status, error);
    fputs(report, stdout);
    molt_string_free(report);

    bool depends = false;
    status = handlers_api_depends_on(runtime, text, "molt-build", "serde", &depends, &error);
    if (status != MOLT_OK) return fail(status, error);
    fprintf(stderr, "molt-build depends on serde: %s\n", depends ? "yes" : "no");

    /* An exception is a status and an error with type, message and traceback. */
    molt_value *versions = NULL;
    status = handlers_api_versions(runtime, text, "serde-jason", &versions, &error);
    if (status == MOLT_EXCEPTION) {
        fprintf(stderr, "as expected, %s: %s\n", molt_error_type(error), molt_error_message(error));
        molt_error_free(error);
        error = NULL;
    }
    molt_value_free(versions);
    molt_runtime_free(runtime);
    free(text);
    return 0;
}
