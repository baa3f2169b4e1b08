package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"joltui/jolt"
)

// full is a dashboard of 160×50 with colours and full histories.
func full(b *testing.B) *Model {
	m := New(Options{Now: noon, Width: 160, Height: 50, Renderer: renderer(termenv.TrueColor, true)})
	m.Update(Batch{Events: []jolt.Event{up(1)}})
	for i := range 12 {
		m.Update(Batch{Events: orders(noon(), 1000*i, 1000)})
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

func BenchmarkUpdateBatch10000(b *testing.B) {
	m := full(b)
	batch := Batch{Events: orders(noon(), 0, 10_000)}
	b.ReportAllocs()
	for b.Loop() {
		m.Update(batch)
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "messages/s")
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
