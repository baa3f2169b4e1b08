package topics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// Order is how the list of topics is sorted. Topics that are equal in it are sorted by
// name.
type Order uint8

// The orders.
const (
	OrderName  Order = iota
	OrderRate        // by messages a second, the highest first
	OrderHeard       // by the latest message, the newest first
	OrderCount       // by the number of messages, the highest first
)

// Next returns the order after o; after the last comes the first.
func (o Order) Next() Order { return (o + 1) % (OrderCount + 1) }

// String names the order.
func (o Order) String() string {
	switch o {
	case OrderRate:
		return "rate"
	case OrderHeard:
		return "last heard"
	case OrderCount:
		return "count"
	default:
		return "name"
	}
}

// Orders returns the names of the orders, as they are typed.
func Orders() []string { return []string{"name", "rate", "heard", "count"} }

// ParseOrder finds an order by one of these names. The error lists them.
func ParseOrder(name string) (Order, error) {
	if at := slices.Index(Orders(), strings.ToLower(name)); at >= 0 {
		return Order(at), nil
	}
	return 0, fmt.Errorf("no order is called %q: there are %s", name, human.List(Orders()))
}

// arrow returns an arrow: down where the largest comes first, else up.
func (o Order) arrow() string {
	if o == OrderName {
		return "↑"
	}
	return "↓"
}

// topicSum is the figures of a topic or a group, by which it is sorted.
type topicSum struct {
	topics         int
	rate, byteRate float64
	count          uint64
	heard          time.Time
}

func sumOf(t *feed.Topic) topicSum {
	return topicSum{topics: 1, rate: t.Rate(), byteRate: t.ByteRate(), count: t.Received, heard: t.LastAt}
}

func (s *topicSum) add(t topicSum) {
	s.topics += t.topics
	s.rate += t.rate
	s.byteRate += t.byteRate
	s.count += t.count
	if t.heard.After(s.heard) {
		s.heard = t.heard
	}
}

// compare returns a negative number if a comes before b.
func (o Order) compare(a, b *topicSum) int {
	switch o {
	case OrderRate:
		return cmp.Compare(b.rate, a.rate)
	case OrderHeard:
		return b.heard.Compare(a.heard)
	case OrderCount:
		return cmp.Compare(b.count, a.count)
	default:
		return 0
	}
}
