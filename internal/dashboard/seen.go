package dashboard

import (
	"encoding/json"
	"os"
	"slices"

	"joltui/internal/atomicfile"
	"joltui/internal/folders"
)

// Bounds of the file of topics: how many it holds, and how long it may be.
const (
	maxSeen      = 500
	maxSeenBytes = 1 << 20
)

// seenFile is where the topics are kept that were subscribed lately, for the
// completion of a shell: a JSON list, the latest first, that only its owner may
// read.
func seenFile() string { return folders.State("topics.json") }

// SeenTopics are those in the file; one that cannot be read is as good as none.
func SeenTopics() []string {
	info, err := os.Stat(seenFile())
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSeenBytes {
		return nil
	}
	data, err := os.ReadFile(seenFile())
	if err != nil {
		return nil
	}
	var topics []string
	if json.Unmarshal(data, &topics) != nil {
		return nil
	}
	return topics
}

// RememberTopics puts topics before all others in the file. It is a convenience:
// where it fails, nothing is lost, and nobody is told.
func RememberTopics(topics []string) {
	if len(topics) > 0 && seenFile() != "" {
		_ = locked(seenFile(), func() error { return rememberTopics(topics) })
	}
}

func rememberTopics(topics []string) error {
	all := slices.Concat(topics, slices.DeleteFunc(SeenTopics(), func(t string) bool { return slices.Contains(topics, t) }))
	all = all[:min(len(all), maxSeen)]
	data, err := json.Marshal(all)
	if err != nil || len(data) >= maxSeenBytes {
		return err
	}
	return atomicfile.Write(seenFile(), append(data, '\n'))
}
