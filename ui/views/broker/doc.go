// Package broker is the page of what a broker tells of itself: the topics that there are,
// who is connected, and what happens to them. It draws a [monitor.Snapshot], whose texts are
// all untrusted. It imports no other pane. Begin reading at [Page].
package broker
