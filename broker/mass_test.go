package broker

import (
	"net"
	"runtime"
	"testing"
	"time"
)

// idleBytes is what an idle, subscribed connection may cost at most: its
// buffer of 4 KiB, the stacks of two goroutines, and both ends' bookkeeping.
// 15 KB were measured, 20 KB with the race detector.
const idleBytes = 32 << 10

// 2,000 clients at once, 9,000 with JOLT_SOAK set: one publish reaches each,
// an idle one costs little, and nothing is left of them when they have gone.
func TestManyConnections(t *testing.T) {
	withoutEngine(t, "it has goroutines of its own")
	n := 2000
	if soaking() {
		n = 9000 // 18,000 descriptors
	}
	r := startBroker(t, Config{})
	publisher := r.dial(t)
	publisher.ask(`{"op":"ping"}`, ok)
	goroutines := settledGoroutines(t, runtime.NumGoroutine())
	before := memoryInUse()
	conns := subscribeMany(t, r, n)
	each := (memoryInUse() - before) / n
	if each > idleBytes {
		t.Errorf("an idle connection costs %d bytes, want at most %d", each, idleBytes)
	}

	begin := time.Now()
	publisher.ask(`{"op":"pub","topic":"a","data":"to all"}`, ok)
	for i, conn := range conns {
		expectBytes(t, i, conn, `{"topic":"a","data":"to all"}`+"\n")
	}
	took := time.Since(begin)
	if got := r.Stats(); got.MessagesOut != uint64(n) || got.Connections != n+1 || got.SlowConsumers != 0 {
		t.Errorf("%+v after one message to %d subscribers", got, n)
	}
	for _, conn := range conns {
		conn.Close()
	}
	r.await(t, "all to go", func(s Stats) bool { return s.Connections == 1 && s.Topics == 0 })
	settledGoroutines(t, goroutines)
	t.Logf("%d connections, %d bytes each, one message to all in %v", n, each, took.Round(time.Millisecond))
}

func subscribeMany(t *testing.T, r *running, n int) []net.Conn {
	t.Helper()
	conns := make([]net.Conn, n)
	for i := range conns {
		conns[i] = dialRaw(t, r.next())
		conns[i].SetDeadline(time.Now().Add(patience))
		if _, err := conns[i].Write([]byte("{\"op\":\"sub\",\"topic\":\"a\"}\n")); err != nil {
			t.Fatal(err)
		}
		expectBytes(t, i, conns[i], ok+"\n")
	}
	return conns
}

// expectBytes reads without a buffer, which would count as the broker's memory.
func expectBytes(t *testing.T, i int, conn net.Conn, want string) {
	t.Helper()
	var buf [128]byte
	n := 0
	for n < len(want) {
		size, err := conn.Read(buf[n:])
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		n += size
	}
	if got := string(buf[:n]); got != want {
		t.Fatalf("connection %d got %q, want %q", i, got, want)
	}
}

// memoryInUse is what the heap and the stacks hold after a collection.
func memoryInUse() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc + m.StackInuse)
}

// settledGoroutines waits until there are no more than most goroutines, which
// may still be about to end, and returns how many there are.
func settledGoroutines(t *testing.T, most int) int {
	t.Helper()
	deadline := time.Now().Add(patience)
	for runtime.NumGoroutine() > most {
		if time.Now().After(deadline) {
			buf := make([]byte, 64<<10)
			t.Fatalf("%d goroutines, want %d:\n%s", runtime.NumGoroutine(), most, buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
	return runtime.NumGoroutine()
}
