raise SystemExit("this test fails")
