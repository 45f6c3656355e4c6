/* The C interface of a program compiled by Molt.
 *
 * Every function that can fail returns a molt_status and, with MOLT_EXCEPTION, an error through its last parameter
 * (which may be NULL). Every pointer that a function hands out has its own *_free, which takes NULL too. Strings are
 * UTF-8 and end with a zero byte. A runtime belongs to the thread that made it, and outlives its values.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum molt_status {
    MOLT_OK = 0,
    /* A Python exception; the error has its type, message and traceback. */
    MOLT_EXCEPTION = 1,
    /* The host passed NULL, a string that is not UTF-8, or a configuration of an unknown size. */
    MOLT_INVALID = 2
} molt_status;

typedef struct molt_runtime molt_runtime;
typedef struct molt_value molt_value;
typedef struct molt_error molt_error;

/* Set struct_size to sizeof(molt_config), and what is not needed to zero: later versions add fields at the end. */
typedef struct molt_config {
    size_t struct_size;
    /* sys.argv; none makes it ['']. */
    size_t argc;
    const char *const *argv;
    /* Seed of str hashes, as PYTHONHASHSEED; used if has_hash_seed is not 0, else the seed is random. */
    uint32_t has_hash_seed;
    uint32_t hash_seed;
    /* What the program may do at most, such as "fs.read:templates,net:example.org:443"; "" is nothing, "*" all that its
     * build allowed, NULL the same. What is beyond that raises PermissionError. */
    const char *capabilities;
    /* If not 0, MOLT_CAPABILITIES narrows this further, and MOLT_TRUSTED=1 counts if the build allowed it. */
    uint32_t use_environment;
    uint32_t reserved;
} molt_config;

/* The compiled program in the archive. */
extern const struct molt_program molt_program;

molt_status molt_runtime_start(const struct molt_program *program, const molt_config *config, molt_runtime **result,
                               molt_error **error);
static inline molt_status molt_runtime_new(const molt_config *config, molt_runtime **result, molt_error **error) {
    return molt_runtime_start(&molt_program, config, result, error);
}
void molt_runtime_free(molt_runtime *runtime);

/* The strings belong to the error. */
const char *molt_error_type(const molt_error *error);
const char *molt_error_message(const molt_error *error);
const char *molt_error_traceback(const molt_error *error);
void molt_error_free(molt_error *error);

void molt_string_free(char *string);

/* Values are handles on Python objects. */
molt_status molt_value_none(molt_runtime *runtime, molt_value **result);
molt_status molt_value_from_bool(molt_runtime *runtime, bool value, molt_value **result);
molt_status molt_value_from_int(molt_runtime *runtime, int64_t value, molt_value **result);
molt_status molt_value_from_float(molt_runtime *runtime, double value, molt_value **result);
molt_status molt_value_from_string(molt_runtime *runtime, const char *value, molt_value **result);
molt_status molt_value_from_list(molt_runtime *runtime, const molt_value *const *items, size_t count, molt_value **result,
                                 molt_error **error);
bool molt_value_is_none(const molt_value *value);
molt_status molt_value_as_bool(const molt_value *value, bool *result, molt_error **error);
molt_status molt_value_as_int(const molt_value *value, int64_t *result, molt_error **error);
molt_status molt_value_as_float(const molt_value *value, double *result, molt_error **error);
molt_status molt_value_as_string(const molt_value *value, char **result, molt_error **error);
/* str(value), of any type. */
molt_status molt_value_str(const molt_value *value, char **result, molt_error **error);
molt_status molt_value_len(const molt_value *value, size_t *result, molt_error **error);
molt_status molt_value_item(const molt_value *value, int64_t index, molt_value **result, molt_error **error);
molt_status molt_value_get(const molt_value *value, const molt_value *key, molt_value **result, molt_error **error);
molt_status molt_value_attribute(const molt_value *value, const char *name, molt_value **result, molt_error **error);
molt_status molt_value_call(const molt_value *callee, const molt_value *const *arguments, size_t count,
                            molt_value **result, molt_error **error);
/* Another handle on the same object. */
molt_status molt_value_copy(const molt_value *value, molt_value **result);
void molt_value_free(molt_value *value);

/* Calls a module's function: `count` arguments, of which the last `named` go with the names. The arguments are freed. */
molt_status molt_call_function(molt_runtime *runtime, const char *module, const char *function, molt_value **arguments,
                      size_t count, const char *const *names, size_t named, molt_value **result, molt_error **error);
