package feed

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"joltui/jolt"
)

func someSubscriptions(n int) (all []jolt.Request) {
	for i := range n {
		all = append(all, jolt.Request{Op: jolt.OpSubscribe, Topic: fmt.Sprint("t", i), Ref: uint64(i + 1)})
	}
	return all
}

// Many requests are one row that counts, and those that fail have rows of their own.
func TestManyAreOneRow(t *testing.T) {
	f, all := New(Limits{}), someSubscriptions(500)
	f.Log().BeginAll(all, at(0))
	if f.Log().Next() != 1 || f.Log().Totals().Outcome(jolt.Pending) != 500 {
		t.Fatalf("%d rows, %d pending", f.Log().Next(), f.Log().Totals().Outcome(jolt.Pending))
	}
	for i, r := range all {
		switch {
		case i == 7:
			apply(f, rejected(r, "forbidden: no"))
		case i == 9:
			apply(f, replyTo(r, jolt.Unknown, errors.New("lost")))
		case i < 100:
			apply(f, replyTo(r, jolt.Acknowledged, nil))
		}
	}
	log := f.Log()
	many := log.At(0).Many
	if many.Count(jolt.Acknowledged) != 98 || many.Count(jolt.Pending) != 400 || many.Of(jolt.Rejected)[0] != "t7" {
		t.Errorf("it counts %d acknowledged, %d pending, %v rejected", many.Count(jolt.Acknowledged), many.Count(jolt.Pending), many.Of(jolt.Rejected))
	}
	if log.Next() != 3 || log.At(1).Request.Topic != "t7" || log.At(1).Outcome != jolt.Rejected || log.At(2).Outcome != jolt.Unknown {
		t.Errorf("%d rows, of them %+v", log.Next(), log.At(1))
	}
	if got := log.Totals().Of(jolt.OpSubscribe, jolt.Acknowledged); got != 98 {
		t.Errorf("the totals have %d", got)
	}
	for filter, want := range map[LogFilter]int{
		{Rows: RowsAcknowledged}: 1, {Rows: RowsPending}: 1, {Rows: RowsRejected}: 2, {Rows: RowsNotSent}: 0,
		{Op: jolt.OpSubscribe}: 3, {Op: jolt.OpPublish}: 0, {Rows: RowsWrong}: 2, {Rows: RowsEvents}: 0,
	} {
		if got := len(log.Matching(nil, filter)); got != want {
			t.Errorf("%s %s shows %d rows, want %d", filter.Rows, filter.Op, got, want)
		}
	}
}

// A few requests have rows as ever, and a row that was evicted comes again with the next outcome.
func TestFewAreRowsAndManyComeAgain(t *testing.T) {
	f := New(Limits{LogRows: 10})
	f.Log().BeginAll(someSubscriptions(fewRequests), at(0))
	if f.Log().Next() != fewRequests {
		t.Fatalf("%d rows for a few", f.Log().Next())
	}
	all := someSubscriptions(30)
	for i := range all {
		all[i].Ref += 1000
	}
	f.Log().BeginAll(all, at(0))
	for range 20 {
		f.Log().Note(at(1), "others")
	}
	reply := replyTo(all[0], jolt.Acknowledged, nil)
	reply.At = reply.At.Add(time.Second)
	apply(f, reply)
	if row := f.Log().At(f.Log().Next() - 1); row.Kind != RowMany || row.Many.Count(jolt.Acknowledged) != 1 {
		t.Errorf("the last row is %+v", row)
	}
}
