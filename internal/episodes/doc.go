// Package episodes logs what comes in crowds, such as the connections of a port scan: the first
// of a kind, and once a minute how many more there were. It imports nothing of joltui.
package episodes
