//go:build !drill

package main

import (
	"time"

	"meent/internal/tasks"
)

func addDrill(*tasks.Mux, *backends) {} // see drill.go

func clock() func() time.Time { return time.Now }
