// Package overview is the page that stays on the wall: all topics at one glance, those that
// something is the matter with first. Begin reading with judge.go.
package overview
