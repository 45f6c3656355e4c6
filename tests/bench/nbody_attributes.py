"""Planets as objects with float attributes."""

from math import pi, sqrt

SOLAR_MASS = 4 * pi * pi
DAYS = 365.24


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx * DAYS
        self.vy = vy * DAYS
        self.vz = vz * DAYS
        self.mass = mass * SOLAR_MASS

    def kinetic(self):
        return 0.5 * self.mass * (self.vx * self.vx + self.vy * self.vy + self.vz * self.vz)


class System:
    def __init__(self, bodies):
        self.bodies = bodies
        self.pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
        px = sum(b.vx * b.mass for b in bodies)
        py = sum(b.vy * b.mass for b in bodies)
        pz = sum(b.vz * b.mass for b in bodies)
        sun = bodies[0]
        sun.vx = -px / SOLAR_MASS
        sun.vy = -py / SOLAR_MASS
        sun.vz = -pz / SOLAR_MASS

    def advance(self, dt):
        for a, b in self.pairs:
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            square = dx * dx + dy * dy + dz * dz
            force = dt / (square * sqrt(square))
            a.vx -= dx * b.mass * force
            a.vy -= dy * b.mass * force
            a.vz -= dz * b.mass * force
            b.vx += dx * a.mass * force
            b.vy += dy * a.mass * force
            b.vz += dz * a.mass * force
        for body in self.bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz

    def energy(self):
        total = 0.0
        for body in self.bodies:
            total += body.kinetic()
        for a, b in self.pairs:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            total -= a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
        return total


def main():
    system = System(
        [
            Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
            Body(4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
                 0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023,
                 0.000954791938424326609),
            Body(8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
                 -0.00276742510726411099, 0.00499852801234917238, 0.0000230417297573763929,
                 0.000285885980666130812),
            Body(12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
                 0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556,
                 0.0000436624404335156298),
            Body(15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
                 0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870,
                 0.0000515138902046611451),
        ]
    )
    print(f"nbody_attributes {system.energy():.9f}")
    for _ in range(400_000):
        system.advance(0.01)
    print(f"nbody_attributes {system.energy():.9f}")


main()
