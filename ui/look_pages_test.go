package ui

import (
	"fmt"
	"testing"
)

func TestGoldenOverview(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := watchOrders(t, size.w, size.h, Options{})
			s.press("A")
			s.golden()
		})
	}
}

func TestOpenFromTheOverview(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("A", "j", "j", "k")
	s.contains("At a glance")
	s.press("enter")
	s.lacks("At a glance")
	s.contains("┏ chat.room ─")
	s.press("A", "A")
	s.lacks("At a glance")
}
