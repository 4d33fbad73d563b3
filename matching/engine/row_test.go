package engine

import (
	"testing"
	"unsafe"
)

// TestHotIsALine: a row is as long as a line of the processor's memory, 64 bytes.
func TestHotIsALine(t *testing.T) {
	if size := unsafe.Sizeof(hot{}); size != 64 {
		t.Errorf("it has %d bytes", size)
	}
}
