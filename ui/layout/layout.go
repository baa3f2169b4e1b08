package layout

import (
	"fmt"
	"math"
	"slices"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// Region is a part of the screen that can have the focus.
type Region uint8

// The regions, in the order in which tab visits them. The publish box is left
// out there: it needs tab for itself, and has a key of its own.
const (
	RegionTopics Region = iota
	RegionStream
	RegionLog
	RegionPublish
	RegionDetail // visited after the stream, while it is shown
)

// The sizes that decide what is shown, in cells.
const (
	WideWidth, WideHeight   = 70, 18 // least size of a window for several regions at once
	SmallWidth, SmallHeight = 40, 12 // least size for one region at a time; below, nothing fits
	TileWidth, TileHeight   = 30, 6  // least size of a stream
	LeastTopics             = 24     // least width of the topics
	LeastLog, leastPublish  = 3, 3   // least heights of the log and the publish box
	IdleLog, IdlePublish    = 2, 1   // heights of those panes while they are small, without borders
	maxTimeline             = 6      // greatest height of the timeline of a recording
	maxTileRows             = 2      // rows of streams in layout All
	WideDetail              = 140    // least width of a window for a message beside the streams
	leastDetail             = 10     // least height of a message below them, and of what is left of them
)

// Kind says which regions share a window that is large enough for several.
type Kind uint8

// The kinds of layout. Where a kind leaves the topics or the publish box out,
// they come up for as long as they have the focus.
const (
	All     Kind = iota // topics, streams, publish box and log
	Focused             // one stream and the log
	Tiled               // as many streams as fit, and the log
)

// Names returns what users call the kinds, in the order of the kinds.
func Names() []string { return []string{"all", "focus", "tiles"} }

// String returns the name of the kind.
func (k Kind) String() string { return Names()[k] }

// Parse finds a kind by its name. The error lists the names.
func Parse(name string) (Kind, error) {
	if i := slices.Index(Names(), name); i >= 0 {
		return Kind(i), nil
	}
	return 0, fmt.Errorf("no layout is called %q: there are %s", name, human.List(Names()))
}

// Splits are where the user has put the borders between regions, as shares of
// the window, so that they outlive a change of its size. 0 is the usual place.
type Splits struct {
	Topics float64 `json:"topics,omitempty"` // of the width
	Log    float64 `json:"log,omitempty"`    // of the height between header and footer
}

// Options is what a layout depends on besides the size of the window.
type Options struct {
	Kind   Kind
	Splits Splits
	Focus  Region
	// Full shows the focused region alone.
	Full bool
	// Tiles is how many streams there are; less than 1 counts as 1.
	Tiles int
	// Tile is the stream that has the focus, or had it last, counted from 0.
	Tile int
	// Detail asks for a message beside the streams, or below them.
	Detail bool
	// PublishRows is the height that the publish box asks for, in rows.
	PublishRows int
	// SmallLog and SmallPublish shrink the log and the publish box while they do not have the
	// focus; a log to which the user has given a height stays as it is.
	SmallLog, SmallPublish bool
	// Timeline asks for the timeline of a recording, in the place of the publish box.
	Timeline bool
}

// Layout gives each region its place. A region with an empty rectangle is not
// shown. The rectangles never overlap and cover the window.
type Layout struct {
	// TooSmall means that nothing fits; then all rectangles are empty.
	TooSmall bool
	Header   kit.Rect
	Topics   kit.Rect
	// Streams are the rectangles of the streams FirstTile, FirstTile+1 and so on. Where
	// not all fit, they are those around the focused one.
	Streams   []kit.Rect
	FirstTile int
	Detail    kit.Rect // empty also where there is no room for it
	Publish   kit.Rect
	Timeline  kit.Rect // of a recording; it cannot have the focus
	Log       kit.Rect
	Footer    kit.Rect // the prompt takes its place
	// Body is everything between header and footer.
	Body kit.Rect
}

// OneRegion reports whether one region takes the whole body, so that the others are only
// reached by keys.
func (l *Layout) OneRegion() bool {
	shown := min(len(l.Streams), 1)
	for _, r := range []kit.Rect{l.Topics, l.Log} {
		if r.W > 0 {
			shown++
		}
	}
	return shown <= 1
}

// New arranges a window of w×h cells.
func New(w, h int, o Options) Layout {
	if w < SmallWidth || h < SmallHeight {
		return Layout{TooSmall: true}
	}
	l := Layout{
		Header: kit.Rect{W: w, H: 1},
		Body:   kit.Rect{Y: 1, W: w, H: h - 2},
		Footer: kit.Rect{Y: h - 1, W: w, H: 1},
	}
	o.Tiles = max(o.Tiles, 1)
	o.Tile = min(max(o.Tile, 0), o.Tiles-1)
	if o.Full || w < WideWidth || h < WideHeight {
		l.alone(o)
	} else {
		l.together(o)
	}
	return l
}

// alone gives the focused region the whole body.
func (l *Layout) alone(o Options) {
	switch o.Focus {
	case RegionTopics:
		l.Topics = l.Body
	case RegionLog:
		l.Log = l.Body
	case RegionPublish:
		l.Publish = l.Body
	default:
		rest := l.detail(l.Body, o)
		l.Streams, l.FirstTile = []kit.Rect{rest}, o.Tile
	}
}

// detail gives half of an area to the message, if one is asked for: the right half of a wide
// window, else the lower half. It returns what is left.
func (l *Layout) detail(area kit.Rect, o Options) (rest kit.Rect) {
	switch {
	case !o.Detail:
	case l.Body.W >= WideDetail && area.W >= 2*TileWidth:
		rest, l.Detail = left(area, area.W/2)
		return rest
	case area.H >= 2*leastDetail:
		l.Detail, rest = bottom(area, area.H/2)
		return rest
	}
	return area
}

// together stacks the log and the publish box under topics and streams, which always get
// the largest share.
func (l *Layout) together(o Options) {
	rest := l.Body
	l.Log, rest = bottom(rest, logRows(rest.H, o))
	if o.Timeline && o.Focus != RegionPublish {
		l.Timeline, rest = bottom(rest, Clamp(l.Body.H/4, leastPublish, min(maxTimeline, rest.H-TileHeight)))
	} else if o.Kind == All || o.Focus == RegionPublish {
		l.Publish, rest = bottom(rest, publishRows(rest.H, o))
	}
	if o.Kind == All || o.Focus == RegionTopics {
		l.Topics, rest = left(rest, TopicsWidth(rest.W, o.Splits.Topics))
	}
	rest = l.detail(rest, o)
	if o.Kind == Focused {
		l.Streams, l.FirstTile = []kit.Rect{rest}, o.Tile
		return
	}
	l.tiles(rest, o)
}

// logRows returns the height of the log in a body of h rows.
func logRows(h int, o Options) int {
	if o.SmallLog && o.Focus != RegionLog && o.Splits.Log == 0 {
		return IdleLog
	}
	return LogHeight(h, o.Splits.Log)
}

// publishRows returns the height of the publish box where h rows are left for it and the
// streams.
func publishRows(h int, o Options) int {
	if o.SmallPublish && o.Focus != RegionPublish {
		return IdlePublish
	}
	most := min(h/2, h-TileHeight)
	return Clamp(o.PublishRows, leastPublish, max(most, leastPublish))
}

// LogHeight returns the height of the log in a body of h rows, for the share that the user
// has given it; 0 is the default. It leaves room for a stream and the publish box.
func LogHeight(h int, share float64) int {
	if share == 0 {
		return Clamp((h+3)/5, 4, 12)
	}
	return Clamp(cells(h, share), LeastLog, h-leastPublish-TileHeight)
}

// TopicsWidth returns the width of the topics in a body of w cells, for the share that the
// user has given them; 0 is the default. It leaves room for a stream.
func TopicsWidth(w int, share float64) int {
	if share == 0 {
		return Clamp(w/3, 28, 40)
	}
	return Clamp(cells(w, share), LeastTopics, w-TileWidth)
}

// cells returns a share of so many cells. A share that is not a number counts as 0.
func cells(of int, share float64) int {
	if !(share > 0) {
		return 0
	}
	return int(math.Round(float64(of) * min(share, 1)))
}

// tiles divides area among as many streams as are readable in it: side by side, then in
// further rows.
func (l *Layout) tiles(area kit.Rect, o Options) {
	most := max(area.H/TileHeight, 1)
	if o.Kind == All {
		most = min(most, maxTileRows)
	}
	perRow := max(area.W/TileWidth, 1)
	rows := Clamp((o.Tiles+perRow-1)/perRow, 1, most)
	shown := min(o.Tiles, perRow*rows)
	l.FirstTile = Clamp(o.Tile-shown/2, 0, o.Tiles-shown)
	for row := range rows {
		strip := share(area.H, rows, row)
		n := shown*(rows-row)/rows - shown*(rows-row-1)/rows
		for i := range n {
			part := share(area.W, n, i)
			l.Streams = append(l.Streams, kit.Rect{
				X: area.X + part.from, Y: area.Y + strip.from, W: part.size, H: strip.size,
			})
		}
	}
}

type span struct{ from, size int }

// share returns part i of n parts of total, whose sizes differ by at most one.
func share(total, n, i int) span {
	from := total * i / n
	return span{from, total*(i+1)/n - from}
}

// bottom cuts h rows off the bottom of r.
func bottom(r kit.Rect, h int) (cut, rest kit.Rect) {
	rest = kit.Rect{X: r.X, Y: r.Y, W: r.W, H: r.H - h}
	return kit.Rect{X: r.X, Y: r.Y + rest.H, W: r.W, H: h}, rest
}

// left cuts w cells off the left of r.
func left(r kit.Rect, w int) (cut, rest kit.Rect) {
	return kit.Rect{X: r.X, Y: r.Y, W: w, H: r.H}, kit.Rect{X: r.X + w, Y: r.Y, W: r.W - w, H: r.H}
}

// Clamp returns v, or the bound that it lies beyond; high goes before low.
func Clamp(v, low, high int) int { return min(max(v, low), high) }
