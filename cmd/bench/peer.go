package main

import "context"

// queue is what one peer does for us.
type queue interface {
	// fill enqueues the numbers from 0 up to, not including, n, as fast as the
	// peer can.
	fill(ctx context.Context, n int) error
	// enqueue enqueues one number, durably when it returns.
	enqueue(ctx context.Context, number int) error
	// start begins to work: each task writes its effect. stop waits for the
	// running handlers.
	start(ctx context.Context, e *effects) (stop func() error, err error)
	// left counts the tasks that are not done.
	left(ctx context.Context) (int, error)
	close() error
}

// peer is a queue to be measured.
type peer struct {
	name  string
	redis bool // it needs one
	open  func(r *room) (queue, error)
}

func meent() peer { return peer{ours, true, openMeent} }

// riverAsIs fetches at most each 100 ms, and so no more than handlers × 10 a
// second.
func riverAsIs() peer { return peer{"River", false, openRiver(0, 0)} }

// riverFast is the harder rival.
func riverFast() peer { return peer{"River, fast", false, openRiver(riverCooldown, riverPoll)} }

// asynqAsIs looks for tasks once a second when it has none.
func asynqAsIs() peer { return peer{"asynq", true, openAsynq(0)} }

// asynqApart is the same, and its name says in the table that the effect and the
// task's end are not committed together.
func asynqApart() peer { return peer{"asynq, effect apart", true, openAsynq(0)} }

func asynqFast() peer { return peer{"asynq, fast", true, openAsynq(asynqCheck)} }
