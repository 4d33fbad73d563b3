package engine

import (
	"testing"
	"unsafe"
)

// TestHotIsALine: two rows never share a line of the processor's memory, nor does one need
// two.
func TestHotIsALine(t *testing.T) {
	if size := unsafe.Sizeof(hot{}); size != 64 {
		t.Errorf("it has %d bytes", size)
	}
}
