// Command joltui-cluster is a joltui broker with a node of NATS in its process: with it,
// machines that share messages need one program each. It is a module of its own, because
// nats-server needs a later Go than joltui, and would double joltui's size.
//
// node.go makes the node, main.go runs the broker beside it.
package main
