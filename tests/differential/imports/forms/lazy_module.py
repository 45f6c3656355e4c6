print("lazy_module runs")
thing = 21
