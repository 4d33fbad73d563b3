package stripesim

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
)

// keyLife is how long a key is remembered.
const keyLife = 24 * time.Hour

// once gives the same answer to the same key. The answer is committed together
// with the effect; another request with the key waits for it. A request whose
// parameters are wrong in themselves never comes here, so it uses up no key.
func (s *Simulator) once(ctx context.Context, q *request, act action) (a answer, err error) {
	err = s.change(ctx, cause{request: q.name, key: q.key, at: q.now}, func(c *change) error {
		if err := checkAccount(ctx, c.tx, q.account); err != nil {
			return err
		}
		mine, err := claimKey(ctx, c.tx, q, c.now)
		if err != nil {
			return err
		}
		if !mine {
			a, err = replay(ctx, c.tx, q)
			return err
		}
		if a, err = c.attempt(ctx, act); err != nil {
			return err
		}
		return storeAnswer(ctx, c.tx, q, a)
	})
	return a, err
}

// attempt runs the action in a savepoint: a refusal undoes what it did and is
// the answer. Every other error undoes the key as well.
func (c *change) attempt(ctx context.Context, act action) (answer, error) {
	var body object
	outer := c.tx
	err := pgx.BeginFunc(ctx, outer, func(tx pgx.Tx) (err error) {
		c.tx = tx
		body, err = act(ctx, c)
		return err
	})
	c.tx = outer
	var refused *apiError
	if errors.As(err, &refused) {
		c.told = false
		return newAnswer(refused.status, refused.render())
	}
	if err != nil {
		return answer{}, err
	}
	return newAnswer(http.StatusOK, body)
}

func replay(ctx context.Context, tx pgx.Tx, q *request) (answer, error) {
	stored, hash, err := selectAnswer(ctx, tx, q)
	if err != nil {
		return answer{}, err
	}
	if !bytes.Equal(hash, q.hash()) {
		e := invalid("", "", "Keys for idempotent requests can only be used with the same parameters they were first used with.")
		e.kind = "idempotency_error"
		return answer{}, e
	}
	return stored, nil
}

// hash is the same for the same parameters in any order.
func (q *request) hash() []byte {
	sum := sha256.Sum256([]byte(q.path + "\n" + q.params.values.Encode()))
	return sum[:]
}
