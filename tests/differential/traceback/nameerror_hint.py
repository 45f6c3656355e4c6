# Did you mean: suggestions for names and attributes are printed.
class Config:
    timeout = 5
    retries = 3


def use(config):
    return config.timeuot


try:
    use(Config())
except AttributeError as e:
    print(e)
length = 5
try:
    lenght
except NameError as e:
    print(e)
use(Config())
