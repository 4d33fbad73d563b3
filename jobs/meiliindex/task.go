package meiliindex

import (
	"context"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// How long to wait before asking again whether a task is done: longer each time.
const (
	firstPoll = 5 * time.Millisecond
	lastPoll  = 100 * time.Millisecond
)

// done waits until the server has done what it was asked. It takes the answer
// to the request: done(ctx)(index.Delete(…)).
func (x *Index) done(ctx context.Context) func(*meilisearch.TaskInfo, error) error {
	return func(asked *meilisearch.TaskInfo, err error) error {
		if err != nil {
			return fault(err)
		}
		return x.wait(ctx, asked)
	}
}

// wait says what became of the task.
func (x *Index) wait(ctx context.Context, asked *meilisearch.TaskInfo) error {
	if asked.Status == "" {
		return errOdd // it took nothing on
	}
	ctx, cancel := context.WithTimeout(ctx, x.config.Wait)
	defer cancel()
	for pause := firstPoll; ; pause = min(2*pause, lastPoll) {
		task, err := x.server.GetTaskWithContext(ctx, asked.TaskUID)
		switch {
		case err != nil:
			return ended(ctx, err)
		case task.Status == meilisearch.TaskStatusEnqueued || task.Status == meilisearch.TaskStatusProcessing:
		default:
			return outcome(task)
		}
		select {
		case <-ctx.Done():
			return ended(ctx, nil)
		case <-time.After(pause):
		}
	}
}

// outcome is why a task that is over was not done.
func outcome(task *meilisearch.Task) error {
	switch task.Status {
	case meilisearch.TaskStatusSucceeded:
		return nil
	case meilisearch.TaskStatusFailed:
		return &Error{Code: task.Error.Code, Message: unquoted(task.Error.Message)}
	case meilisearch.TaskStatusCanceled:
		return &Error{Code: "canceled", Message: "somebody called the task off"}
	}
	return errOdd
}

// waitAll waits for tasks that were asked one after the other.
func (x *Index) waitAll(ctx context.Context, asked []*meilisearch.TaskInfo) error {
	for _, one := range asked {
		if err := x.wait(ctx, one); err != nil {
			return err
		}
	}
	return nil
}
