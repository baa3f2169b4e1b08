package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/loop"
)

// full returns a dashboard of 160×50 with colours and full histories.
func full(b *testing.B) *Model {
	m := New(Options{Now: noon, Width: 160, Height: 50, Renderer: renderer(termenv.TrueColor, true)})
	m.Update(loop.Batch{Events: []jolt.Event{up(1)}})
	for i := range 12 {
		m.Update(loop.Batch{Events: orders(noon(), 1000*i, 1000)})
	}
	m.View()
	return m
}

func BenchmarkView(b *testing.B) {
	m := full(b)
	b.ReportAllocs()
	for b.Loop() {
		m.View()
	}
}

// BenchmarkViewRemembering should take the same time however much the feed holds.
func BenchmarkViewRemembering(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := New(Options{
				Now: noon, Width: 160, Height: 50, Renderer: renderer(termenv.TrueColor, true),
				Limits: feed.Limits{TopicMessages: n, AllMessages: n, TopicBytes: 1 << 30, AllBytes: 1 << 30},
			})
			for range n / 1000 {
				m.Update(loop.Batch{Events: orders(noon(), 0, 1000)})
			}
			b.ReportAllocs()
			for b.Loop() {
				m.View()
			}
		})
	}
}

// BenchmarkUpdate reports the time for a message of 128 bytes, in frames of a
// flood of 1,500,000 messages a second.
func BenchmarkUpdate(b *testing.B) {
	for _, topics := range []int{1, 20, 1000} {
		b.Run(fmt.Sprint("topics=", topics), func(b *testing.B) {
			m := full(b)
			batch := loop.Batch{Events: make([]jolt.Event, 24_000)}
			for i := range batch.Events {
				topic := fmt.Sprint("orders.", i%topics)
				batch.Events[i] = &jolt.Message{At: noon(), Topic: topic, Data: strings.Repeat("x", 128)}
			}
			b.ReportAllocs()
			for done := 0; done < b.N; done += len(batch.Events) {
				m.Update(batch)
			}
		})
	}
}

func BenchmarkKeyToView(b *testing.B) {
	m := full(b)
	down, up := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("j")}, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("k")}
	b.ReportAllocs()
	for b.Loop() {
		m.Update(down)
		m.View()
		m.Update(up)
		m.View()
	}
}
