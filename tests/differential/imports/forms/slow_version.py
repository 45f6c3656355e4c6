kind = "slow"
