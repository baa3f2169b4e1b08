// Package pattern is patterns for topics. A topic has levels with a dot between them. In
// a pattern * stands for one level, whatever it holds, and > at the end for one or more:
// orders.* is orders.eu, orders.> is orders.eu.paris too, and > is everything.
package pattern
