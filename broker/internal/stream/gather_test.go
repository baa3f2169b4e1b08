package stream

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// storeTime is what a stream of these tests takes for a block.
const storeTime = time.Millisecond

// inTurn has clients publish one message after the other, each so long after the
// acknowledgement of the one before, and returns how many blocks that took, and how long.
func inTurn(t *testing.T, each int, thinks ...time.Duration) (blocks int, took time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		p := newPublisher("p")
		p.try = func(context.Context, string, []byte) (uint64, error) {
			time.Sleep(storeTime)
			blocks++
			return uint64(blocks), nil
		}
		p.ended = func(uint64, time.Duration, error) {}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go p.run(ctx)
		start, done := time.Now(), make(chan error)
		for _, think := range thinks {
			go func() {
				var err error
				for range each {
					time.Sleep(think)
					if why := p.publish(batchOf([]Message{{"a", []byte("\n")}})).Wait(); why != nil {
						err = why
					}
				}
				done <- err
			}()
		}
		for range thinks {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		took = time.Since(start)
	})
	return blocks, took
}

// Clients that publish again as soon as they are acknowledged share each block, however
// little apart they began.
func TestThoseWhoAreAcknowledgedAreTogether(t *testing.T) {
	const each = 200
	thinks := make([]time.Duration, 64)
	for i := range thinks {
		thinks[i] = time.Duration(50+i) * time.Microsecond
	}
	blocks, took := inTurn(t, each, thinks...)
	if blocks > each+each/10 || took > each*storeTime*5/4 {
		t.Errorf("%d messages of each in %d blocks and %v", each, blocks, took)
	}
}

// One that publishes alone waits for nobody; nor, but for a try now and then, do those for
// whom others do not come back in time.
func TestNobodyIsWaitedForInVain(t *testing.T) {
	const each = 1000
	if _, took := inTurn(t, each, 0); took != each*storeTime {
		t.Errorf("alone it took %v", took)
	}
	// Whichever of the two is acknowledged comes back too late for the block of the other.
	const think, slower = 900 * time.Microsecond, 1400 * time.Microsecond
	const alone = each * (slower + storeTime)
	if _, took := inTurn(t, each, think, slower); took > alone*51/50 {
		t.Errorf("it took %v, and %v if they did not wait", took, alone)
	}
}
