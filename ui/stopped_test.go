package ui

import (
	"testing"
	"time"
)

func TestADashboardThatWasStoppedSaysSo(t *testing.T) {
	s := watchOrders(t, 200, 40, Options{})
	s.now = s.now.Add(12 * time.Second)
	s.send(Stopped{From: s.now.Add(-12 * time.Second), To: s.now})
	s.contains("· stopped for 12 s, until "+s.now.Format(time.TimeOnly)+": what waited for it is received now", "a gap says so")
}
