fn main() {
    molt_build::compile("handlers/");
}
