runs = 1
print("repeated runs")
