package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// drillTest is a drill, how it must end, and what it must say.
type drillTest struct {
	args   string
	status int
	says   string
}

// oftenTests are smaller than the drills are alone: what these find they find early, and
// most want both cores. Of the six about money one is played each time, with a planted
// bug; the others, and the other bugs, are for allTests.
func oftenTests() []drillTest {
	return []drillTest{
		{"queue", 0, "8 passed, 0 failed"},
		{"redis", 0, "8 passed, 0 failed"},
		{"story", 0, "21 passed, 0 failed"},
		{"queue -plant double -for 4s -calm 12s", 1, " doubled effects ["},
		{"story -plant double -calm 20s", 1, "FAIL 2 "},
		{"redis -plant lose -for 5s -down 1s -calm 5s", 1, " lost ["},
		{"money -payments 40 -kills 3", 0, ", 0 failed"},
		{"money -plant twice -payments 20 -kills 1 -calm 3s", 1, " transfers twice ["},
	}
}

// allTests are asked with MEENT_DRILLS=all, as `make drills` does. What a bug needs to show
// must come in them for certain: of few ends, or few kills, none may fall where it is.
func allTests() []drillTest {
	return append(oftenTests(),
		drillTest{"restore -payments 9 -calm 25s", 0, ", 0 failed"},
		drillTest{"steps -kills 8", 0, ", 0 failed"},
		drillTest{"webhooks -events 140 -seeds 2", 0, ", 0 failed"},
		drillTest{"stripe -for 3s", 0, ", 0 failed"},
		drillTest{"postgres -kills 2", 0, ", 0 failed"},
		drillTest{"money -plant short -payments 40 -kills 1 -calm 3s", 1, " rests forgotten ["},
		drillTest{"steps -plant double -calm 3s", 1, " twice ["},
		drillTest{"steps -plant twice -kills 4 -calm 3s", 1, " transfers twice ["},
		drillTest{"steps -plant short -kills 4 -calm 3s", 1, " transfers forgotten ["},
		drillTest{"webhooks -plant believe -events 70 -seeds 1 -calm 3s", 1, " not refused ["},
		drillTest{"stripe -plant double -for 3s -calm 3s", 1, " twice ["},
		drillTest{"postgres -plant lose -kills 6 -calm 3s", 1, " lost ["},
		drillTest{"restore -plant forget -payments 9 -calm 25s", 1, "FAIL 1 refunds acknowledged; 0 forgotten, 1 twice ["})
}

// TestDrills runs drills at the size of CI, and planted bugs, which must turn their
// drill red.
func TestDrills(t *testing.T) {
	if testing.Short() {
		t.Skip("drills take a minute")
	}
	if _, err := exec.LookPath("redis-server"); err != nil && os.Getenv("CI") == "" {
		t.Skip("redis-server is missing: `make test` installs it")
	}
	tests := oftenTests()
	if os.Getenv("MEENT_DRILLS") == "all" {
		tests = allTests()
	}
	program := filepath.Join(t.TempDir(), "meent")
	if err := build(t.Context(), program); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			if !strings.HasPrefix(tt.args, "story") { // a story plays in real time, and waits for nobody
				t.Parallel()
			}
			var out bytes.Buffer
			begin := time.Now()
			status := run(t.Context(), append(strings.Fields(tt.args), "-program", program), &out)
			t.Logf("%.0f s\n%s", time.Since(begin).Seconds(), out.String())
			if status != tt.status || !strings.Contains(out.String(), tt.says) {
				t.Errorf("status %d, want %d and %q", status, tt.status, tt.says)
			}
		})
	}
}

func TestCalledWrongly(t *testing.T) {
	for _, args := range [][]string{{}, {"flood"}, {"queue", "-plant", "tulips"}, {"queue", "redis"}, {"queue", "-for", "soon"}, {"story", "-kills", "5"}, {"story", "-plant", "lose"}} {
		var out bytes.Buffer
		if status := run(t.Context(), args, &out); status != 2 || !strings.Contains(out.String(), "Usage: drill NAME") {
			t.Errorf("%q gave %d: %s", args, status, out.String())
		}
	}
}

// TestTurn: drills that play beside each other are told one after the other.
func TestTurn(t *testing.T) {
	var out bytes.Buffer
	var first, second turn
	first.comes(&out)
	for _, w := range []struct {
		by    *turn
		words string
	}{{&first, "a"}, {&second, "c"}, {&first, "b"}, {&second, "d"}} {
		if n, err := w.by.Write([]byte(w.words)); err != nil || n != len(w.words) {
			t.Fatalf("%q: %d, %v", w.words, n, err)
		}
	}
	second.comes(&out)
	fmt.Fprint(&second, "e")
	if out.String() != "abcde" {
		t.Errorf("it said %q", out.String())
	}
}

// TestFreeAddress: no call of anybody's comes from a port of a house, so that none has it
// while the program that keeps it is dead.
func TestFreeAddress(t *testing.T) {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if err != nil {
		t.Skip("only Linux says from where it calls")
	}
	var lowest, highest, port int
	if _, err := fmt.Sscan(string(text), &lowest, &highest); err != nil {
		t.Fatal(err)
	}
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(address, "127.0.0.1:%d", &port); err != nil || port >= lowest && port <= highest {
		t.Errorf("%s lies within %d to %d: %v", address, lowest, highest, err)
	}
}
