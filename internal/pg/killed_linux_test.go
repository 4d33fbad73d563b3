package pg_test

import "testing"

// TestServerEndsWithItsProgram needs no next start: the kernel tells the server.
func TestServerEndsWithItsProgram(t *testing.T) {
	program, server := startProgram(t, dataFolder(t))
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait()
	waitGone(t, server)
}
