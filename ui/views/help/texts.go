package help

// Signs explains the signs on the screen, those of one kind after another.
func Signs() Group {
	return Group{Title: "Signs", Where: "on the screen", Keys: []Key{
		{Key: "● ○", Does: "subscribed, not subscribed"},
		{Key: "◌ ✗", Does: "asked for, refused"},
		{Key: "*", Does: "heard in this second"},
		{Key: "+", Does: "heard since you looked"},
		{Key: "⊟ ⊞", Does: "group, folded group"},
		{Key: "◆", Does: "a marked message"},
		{Key: "▼ 12 new", Does: "came while you read above"},
		{Key: "── gap ──", Does: "no connection: lost"},
		{Key: "✓ ✗", Does: "acknowledged, rejected"},
		{Key: "? ⊘", Does: "outcome unknown, not sent"},
		{Key: "▲ ▽", Does: "alert, alert over"},
		{Key: "↓ 7/s", Does: "messages that arrive"},
		{Key: "■", Does: "ended, closed"},
	}}
}

// Languages explains with examples what can be typed where more than a word is asked for.
func Languages() Group {
	return Group{Title: "Languages", Where: "where one types", Keys: []Key{
		{Key: "regexp", Does: "failed|late"},
		{Key: "not regexp", Does: "!heartbeat"},
		{Key: "jq", Does: `.status == "failed"`},
		{Key: "jq", Does: ".amount > 100 and .vip"},
		{Key: "field", Does: ".amount in orders.*"},
		{Key: "threshold", Does: `> 100   == "failed"`},
		{Key: "threshold", Does: "absent for 30s"},
		{Key: "template", Does: `{"id":{{.Count}}}`},
		{Key: "repeat", Does: "100 at 5/s"},
		{Key: "time", Does: "12:03:04   -30s   25%"},
		{Key: "export", Does: "hits a.csv   marked a.csv"},
		{Key: "export", Does: "from 12:03 to 12:05 a.csv"},
		{Key: "record", Does: "all 1m with history"},
	}}
}
