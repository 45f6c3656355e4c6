print("app")
version = "1.0"
