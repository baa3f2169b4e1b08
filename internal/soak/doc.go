// Package soak runs broker and clients together over a network that keeps failing, or
// beside clients that mean harm, and keeps the books.
//
//	go test ./internal/soak                                                  # 3 s each, a fault every 0.1 s
//	JOLT_SOAK=1h go test ./internal/soak -run TestSoak -timeout 0 -v         # a fault every 5 s
//	JOLT_SOAK=10m go test ./internal/soak -run TestHostile -timeout 0 -v
//
// The long form runs with the client's default times, and prints its figures each minute.
//
// It has tests only, which may import what they like. Begin reading with soak_test.go.
package soak
