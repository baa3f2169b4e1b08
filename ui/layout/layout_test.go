package layout

import (
	"testing"

	"pgregory.net/rapid"

	"joltui/ui/views/kit"
)

func (l Layout) rects() []kit.Rect {
	all := append([]kit.Rect{l.Header, l.Topics}, l.Streams...)
	return append(all, l.Detail, l.Publish, l.Timeline, l.Log, l.Footer)
}

func TestLayoutCoversTheWindowWithoutOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 300).Draw(t, "w"), rapid.IntRange(1, 100).Draw(t, "h")
		o := Options{
			Kind:        Kind(rapid.IntRange(0, int(Tiled)).Draw(t, "kind")),
			Splits:      drawSplits(t),
			Focus:       Region(rapid.IntRange(0, int(RegionDetail)).Draw(t, "focus")),
			Detail:      rapid.Bool().Draw(t, "detail"),
			Full:        rapid.Bool().Draw(t, "full"),
			Tiles:       rapid.IntRange(0, 40).Draw(t, "tiles"),
			Tile:        rapid.IntRange(0, 40).Draw(t, "tile"),
			PublishRows: rapid.IntRange(0, 50).Draw(t, "publish"),
			SmallLog:    rapid.Bool().Draw(t, "small log"), SmallPublish: rapid.Bool().Draw(t, "small publish"),
			Timeline: rapid.Bool().Draw(t, "timeline"),
		}
		l := New(w, h, o)
		if l.TooSmall {
			if w >= SmallWidth && h >= SmallHeight {
				t.Fatalf("%d×%d is not too small", w, h)
			}
			return
		}
		checkCover(t, w, h, l.rects())
	})
}

func checkCover(t *rapid.T, w, h int, rects []kit.Rect) {
	covered := make([]bool, w*h)
	cells := 0
	for _, r := range rects {
		if r.W < 0 || r.H < 0 || r.X < 0 || r.Y < 0 || r.X+r.W > w || r.Y+r.H > h {
			t.Fatalf("%+v leaves the window of %d×%d", r, w, h)
		}
		for y := r.Y; y < r.Y+r.H; y++ {
			for x := r.X; x < r.X+r.W; x++ {
				if covered[y*w+x] {
					t.Fatalf("%+v overlaps another at %d,%d", r, x, y)
				}
				covered[y*w+x] = true
				cells++
			}
		}
	}
	if cells != w*h {
		t.Fatalf("%d of %d cells are covered", cells, w*h)
	}
}

func TestLayoutKeepsTilesReadableAndTheFocusedOneInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(WideWidth, 300).Draw(t, "w"), rapid.IntRange(WideHeight, 100).Draw(t, "h")
		tiles := rapid.IntRange(1, 40).Draw(t, "tiles")
		tile := rapid.IntRange(0, tiles-1).Draw(t, "tile")
		focus := rapid.SampledFrom([]Region{RegionTopics, RegionStream, RegionLog, RegionPublish}).Draw(t, "focus")
		small, timeline := rapid.Bool().Draw(t, "small"), rapid.Bool().Draw(t, "timeline")
		o := Options{
			SmallLog: small, SmallPublish: small, Timeline: timeline,
			Kind:   Kind(rapid.IntRange(0, int(Tiled)).Draw(t, "kind")),
			Splits: drawSplits(t),
			Focus:  focus, Tiles: tiles, Tile: tile, Detail: rapid.Bool().Draw(t, "detail"),
			PublishRows: rapid.IntRange(3, 50).Draw(t, "publish"),
		}
		l := New(w, h, o)
		if tile < l.FirstTile || tile >= l.FirstTile+len(l.Streams) || l.FirstTile+len(l.Streams) > tiles {
			t.Fatalf("tile %d of %d: tiles from %d, %d of them", tile, tiles, l.FirstTile, len(l.Streams))
		}
		for _, r := range l.Streams {
			if r.W < TileWidth || r.H < TileHeight {
				t.Fatalf("a tile of %d×%d cannot be read", r.W, r.H)
			}
		}
		if shrinks := small && focus != RegionLog && o.Splits.Log == 0; shrinks != (l.Log.H == IdleLog) || l.Log.H < LeastLog && !shrinks {
			t.Fatalf("a log of %d rows; small is %t, with the focus on region %d and a share of %v", l.Log.H, small, focus, o.Splits.Log)
		}
		if timeline != (l.Timeline.H >= leastPublish) && focus != RegionPublish {
			t.Fatalf("a timeline of %d rows, asked for: %t", l.Timeline.H, timeline)
		}
		if shown := l.Topics.W > 0; shown && l.Topics.W < LeastTopics || !shown && focus == RegionTopics {
			t.Fatalf("topics %d wide, with the focus on region %d", l.Topics.W, focus)
		}
		least := leastPublish
		if small && focus != RegionPublish {
			least = IdlePublish
		}
		if shown := l.Publish.W > 0; shown && (l.Publish.H < least || small && focus != RegionPublish && l.Publish.H > least) || !shown && focus == RegionPublish {
			t.Fatalf("a publish box %d high, with the focus on region %d", l.Publish.H, focus)
		}
	})
}

// drawSplits draws splits that a user could make, and those that a damaged file could have.
func drawSplits(t *rapid.T) Splits {
	share := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1), rapid.Float64())
	return Splits{Topics: share.Draw(t, "topics share"), Log: share.Draw(t, "log share")}
}

func TestSplitsKeepTheirShareOfTheWindow(t *testing.T) {
	for _, tc := range []struct {
		w, h, topics, log int
	}{
		{160, 50, 80, 12}, {80, 26, 40, 6}, {320, 98, 160, 24}, {70, 18, 35, 4},
	} {
		l := New(tc.w, tc.h, Options{Splits: Splits{Topics: 0.5, Log: 0.25}, PublishRows: 3})
		if l.Topics.W != tc.topics || l.Log.H != tc.log {
			t.Errorf("%d×%d: topics %d, log %d, want %d and %d", tc.w, tc.h, l.Topics.W, l.Log.H, tc.topics, tc.log)
		}
	}
}

// What idle panes give up goes to the stream: at 80×24 it has 19 rows with its border, in
// place of 14.
func TestIdlePanesGiveTheirRowsToTheStream(t *testing.T) {
	for _, tc := range []struct {
		name    string
		w, h    int
		o       Options
		streams int // rows
	}{
		{"in use", 80, 24, Options{PublishRows: 3}, 14},
		{"idle", 80, 24, Options{PublishRows: 6, SmallLog: true, SmallPublish: true}, 19},
		{"the log has the focus", 80, 24, Options{PublishRows: 3, SmallLog: true, SmallPublish: true, Focus: RegionLog}, 16},
		{"the publish box has it", 80, 24, Options{PublishRows: 4, SmallLog: true, SmallPublish: true, Focus: RegionPublish}, 16},
		{"the user has set the log's height", 80, 24, Options{SmallLog: true, SmallPublish: true, Splits: Splits{Log: 7.0 / 22}}, 14},
		{"large", 160, 50, Options{PublishRows: 3, SmallLog: true, SmallPublish: true}, 45},
		{"replay", 80, 24, Options{PublishRows: 3, SmallLog: true, Timeline: true}, 15},
	} {
		if got := New(tc.w, tc.h, tc.o).Streams[0].H; got != tc.streams {
			t.Errorf("%s: %d rows, want %d", tc.name, got, tc.streams)
		}
	}
}

func TestLayoutByWindow(t *testing.T) {
	for _, tc := range []struct {
		name  string
		w, h  int
		o     Options
		shown int // regions between header and footer
	}{
		{"wide shows all", 70, 18, Options{PublishRows: 3}, 4},
		{"narrow shows one", 69, 18, Options{PublishRows: 3}, 1},
		{"low shows one", 70, 17, Options{PublishRows: 3}, 1},
		{"full shows one", 200, 60, Options{Full: true, Focus: RegionLog}, 1},
		{"focus shows a stream and the log", 120, 40, Options{Kind: Focused, Focus: RegionStream, Tiles: 3}, 2},
		{"focus shows the topics while in use", 120, 40, Options{Kind: Focused, Focus: RegionTopics}, 3},
		{"focus shows the publish box while in use", 120, 40, Options{Kind: Focused, Focus: RegionPublish}, 3},
		{"tiles show what fits", 120, 40, Options{Kind: Tiled, Focus: RegionStream, Tiles: 100}, 21},
		{"two tiles", 120, 40, Options{Tiles: 2, PublishRows: 3}, 5},
		{"five tiles in two rows", 120, 40, Options{Tiles: 5, PublishRows: 3}, 7},
		{"smallest", 40, 12, Options{Focus: RegionStream, Tiles: 3}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			shown := 0
			for _, r := range New(tc.w, tc.h, tc.o).rects() {
				if r.W > 0 && r.H > 1 {
					shown++
				}
			}
			if shown != tc.shown {
				t.Errorf("%d regions are shown, want %d", shown, tc.shown)
			}
		})
	}
}
