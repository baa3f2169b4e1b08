package stream

import (
	"fmt"

	"joltui/ui/views/kit"
)

// FilterMode is what a filter does to the messages that it does not select.
type FilterMode uint8

// The filter modes.
const (
	HideOthers FilterMode = iota
	DimOthers
	ShowOthers // the filter only highlights what it finds
)

// next returns the mode after m; after the last comes the first.
func (m FilterMode) next() FilterMode { return (m + 1) % (ShowOthers + 1) }

// String names the mode as the title of a stream does.
func (m FilterMode) String() string {
	switch m {
	case HideOthers:
		return "filter"
	case DimOthers:
		return "dim"
	default:
		return "highlight"
	}
}

// nextContext returns the number of context lines to offer after n.
func nextContext(n int) int {
	switch n {
	case 0:
		return 1
	case 1:
		return 3
	case 3:
		return 5
	default:
		return 0
	}
}

// nextMode asks for the next filter mode.
func (s *Pane) nextMode() kit.Intent {
	o := s.options
	o.Filter = o.Filter.next()
	switch {
	case s.source.index != nil: // the title shows the mode
	case o.Filter == HideOthers:
		s.said = "a filter will hide the rest"
	case o.Filter == DimOthers:
		s.said = "a filter will dim the rest"
	default:
		s.said = "a filter will highlight only"
	}
	return Look{o}
}

// nextContext asks for more context lines, and after the most for none.
func (s *Pane) nextContext() kit.Intent {
	o := s.options
	o.Context = nextContext(o.Context)
	if !s.source.hides() {
		s.said = fmt.Sprintf("±%d lines, where a filter hides", o.Context)
	}
	return Look{o}
}
