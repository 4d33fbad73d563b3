package main

import (
	"bytes"
	"io"
	"sync"
)

// turn keeps what one drill says until it may speak, and passes it on from then.
type turn struct {
	mu   sync.Mutex
	kept bytes.Buffer
	out  io.Writer
}

func (t *turn) Write(words []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.out == nil {
		return t.kept.Write(words)
	}
	return t.out.Write(words)
}

// comes lets it speak: first what it has kept.
func (t *turn) comes(out io.Writer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.out = out
	_, _ = t.kept.WriteTo(out)
}
