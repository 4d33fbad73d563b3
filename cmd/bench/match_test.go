package main

import (
	"io"
	"testing"
)

// TestMatch: both sides make the same lists, in every way of asking.
func TestMatch(t *testing.T) {
	for name, o := range map[string]matchOptions{"local": {lists: 60}, "remote": {lists: 60, remote: true}, "reverse": {lists: 60, reverse: true, gigs: 3000}} {
		t.Run(name, func(t *testing.T) {
			found, err := runMatch(t.Context(), 3000, o, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found.Figures {
				if f.What == matchDiffers && f.Value != 0 {
					t.Errorf("%g lists differ", f.Value)
				}
			}
		})
	}
}
