package meiliindex

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// poll is how long to wait before asking again whether a task is done.
const poll = 25 * time.Millisecond

// taskError is why the server could not do a task.
type taskError struct{ code, message string }

func (e *taskError) Error() string {
	return fmt.Sprintf("meiliindex: the server says %s: %s", e.code, e.message)
}

// done waits until the server has done what it was asked. It takes the answer
// to the request: done(ctx)(index.Delete(…)).
func (x *Index) done(ctx context.Context) func(*meilisearch.TaskInfo, error) error {
	return func(asked *meilisearch.TaskInfo, err error) error {
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, x.config.Wait)
		defer cancel()
		task, err := x.server.WaitForTaskWithContext(ctx, asked.TaskUID, poll)
		if err != nil {
			return err
		}
		if task.Status != meilisearch.TaskStatusSucceeded {
			return &taskError{task.Error.Code, task.Error.Message}
		}
		return nil
	}
}

// is reports whether the server's reason has this code.
func is(err error, code string) bool {
	if task := (*taskError)(nil); errors.As(err, &task) {
		return task.code == code
	}
	if answer := (*meilisearch.Error)(nil); errors.As(err, &answer) {
		return answer.MeilisearchApiError.Code == code
	}
	return false
}
