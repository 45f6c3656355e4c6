# Methods and attributes of a class changed while instances are in use.
class Animal:
    legs = 4

    def speak(self):
        return "..."

    def describe(self):
        return f"{self.speak()} on {self.legs}"


class Dog(Animal):
    def speak(self):
        return "woof"


def chorus(animals):
    return [a.describe() for a in animals]


zoo = [Animal(), Dog(), Dog()]
print(chorus(zoo))
Animal.legs = 3
print(chorus(zoo))
zoo[1].legs = 2
print(chorus(zoo))
Dog.speak = lambda self: "WOOF"
print(chorus(zoo))
zoo[2].speak = lambda: "own bark"
print(chorus(zoo))
del Dog.speak
print(chorus(zoo))
Animal.describe = lambda self: "short " + self.speak()
print(chorus(zoo))
Dog.legs = property(lambda self: 77)
Animal.describe = lambda self: f"{type(self).__name__} {self.legs}"
try:
    print(chorus(zoo))
except AttributeError as e:
    print(e)
zoo[1].__dict__["legs"] = "in dict"
print(chorus(zoo))
del Dog.legs
print(chorus(zoo))
zoo[0].__class__ = Dog
print(chorus(zoo), type(zoo[0]).__name__)


class Cat(Animal):
    pass


zoo.append(Cat())
Cat.describe = lambda self: "cat"
print(chorus(zoo))
Cat.__bases__ = (Dog,)
del Cat.describe
print(chorus(zoo), [c.__name__ for c in Cat.__mro__])


def loop(a, n):
    out = []
    for i in range(n):
        out.append(a.speak())
        if i == 1:
            Animal.speak = lambda self: "changed in loop"
    return out


print(loop(Animal(), 4), loop(Dog(), 2))
setattr(Animal, "speak", len)
try:
    Animal().speak()
except TypeError as e:
    print(e)
Animal.speak = "not callable"
try:
    Animal().speak()
except TypeError as e:
    print(e)
