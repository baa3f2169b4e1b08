package broker

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"testing"
	"time"
)

// What publishers write themselves, and what run writes for them once the
// socket is full, is one stream without a hole.
func TestDeliverOrGoOn(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	peer, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer peer.Close()
	conn, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	o := newOutbox(conn, 64<<20, time.Minute, new(buffers))
	go o.run()

	var want bytes.Buffer
	for i := 0; want.Len() < 16<<20; i++ { // more than a socket holds
		frames := bytes.Repeat(fmt.Appendf(nil, "%07d\n", i), 1+i%400)
		want.Write(frames)
		if done := o.push(frames, nil); !done.accepted {
			t.Fatalf("push %d was refused: %v", i, o.failure())
		} else if done.wake {
			o.deliver()
		}
	}
	got := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(peer)
		got <- all
	}()
	o.close(nil)
	<-o.done
	conn.Close()
	if all := <-got; !bytes.Equal(all, want.Bytes()) {
		t.Errorf("%d bytes came of %d, or others than were pushed", len(all), want.Len())
	}
	if o.backlog != 0 {
		t.Errorf("a backlog of %d bytes is left", o.backlog)
	}
}
