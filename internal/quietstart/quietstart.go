package quietstart

import (
	_ "github.com/charmbracelet/bubbletea" // has to be initialised before release

	"joltui/internal/quietstart/first"
)

var _ = release()

func release() struct{} {
	first.Release()
	return struct{}{}
}
