KIND = "green"
