module joltui/bench

go 1.25.0
