import leaf.old

print(leaf.old)
