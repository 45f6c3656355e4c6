# A small network learning XOR by backpropagation, with a generator for weights.
import math


class Rng:
    def __init__(self, seed):
        self.s = seed

    def __call__(self):
        self.s = self.s * 1103515245 + 12345 & 0x7FFFFFFF
        return self.s / 0x7FFFFFFF * 2 - 1


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


class Layer:
    def __init__(self, n_in, n_out, rng):
        self.w = [[rng() for _ in range(n_in + 1)] for _ in range(n_out)]

    def forward(self, x):
        self.x = x + [1.0]
        self.y = [sigmoid(sum(w * v for w, v in zip(row, self.x))) for row in self.w]
        return self.y

    def backward(self, grad, rate):
        delta = [g * y * (1 - y) for g, y in zip(grad, self.y)]
        back = [sum(d * row[i] for d, row in zip(delta, self.w)) for i in range(len(self.x) - 1)]
        for d, row in zip(delta, self.w):
            for i, v in enumerate(self.x):
                row[i] -= rate * d * v
        return back


class Net:
    def __init__(self, *sizes, seed=7):
        rng = Rng(seed)
        self.layers = [Layer(a, b, rng) for a, b in zip(sizes, sizes[1:])]

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def train(self, data, epochs, rate=0.8):
        for epoch in range(epochs):
            loss = 0.0
            for x, want in data:
                out = self(x)
                grad = [o - w for o, w in zip(out, want)]
                loss += sum(g * g for g in grad)
                for layer in reversed(self.layers):
                    grad = layer.backward(grad, rate)
            if epoch % 500 == 0:
                yield epoch, loss


XOR = [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [0.0])]
net = Net(2, 4, 1)
for epoch, loss in net.train(XOR, 2001):
    print(epoch, f"{loss:.9f}")
print([f"{net(x)[0]:.6f}" for x, _ in XOR], [round(net(x)[0]) for x, _ in XOR])
