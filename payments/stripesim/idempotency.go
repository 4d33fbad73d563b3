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
// with the effect; while another request has the key it is refused with 409. A
// request whose parameters are wrong in themselves never comes here, so it uses
// up no key.
func (s *Simulator) once(ctx context.Context, q *request, act action) (a answer, err error) {
	err = s.change(ctx, cause{request: q.name, key: q.key, at: q.now}, func(c *change) error {
		if err := checkAccount(ctx, c.tx, q.account); err != nil {
			return err
		}
		there, err := isAnswered(ctx, c.tx, q, c.now)
		if err != nil {
			return err
		}
		if there {
			a, err = replay(ctx, c.tx, q)
			return err
		}
		free, err := holdKey(ctx, c.tx, q)
		if err == nil && !free {
			err = keyInUse()
		}
		if err != nil {
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
		if a, err = s.firstAnswer(ctx, c, q, act); err != nil {
			return err
		}
		return storeAnswer(ctx, c.tx, q, a)
	})
	return a, err
}

// firstAnswer does what is asked, or says 500 on purpose: instead of doing it,
// or after it. The 500 is kept, as Stripe keeps it.
func (s *Simulator) firstAnswer(ctx context.Context, c *change, q *request, act action) (answer, error) {
	if err := s.dawdle(ctx, q); err != nil {
		return answer{}, err
	}
	broken := brokenAnswer()
	if q.fault == Saved500 {
		return newAnswer(broken.status, broken.render())
	}
	a, err := c.attempt(ctx, act)
	if err == nil && q.fault == Saved500Done {
		return newAnswer(broken.status, broken.render())
	}
	return a, err
}

func keyInUse() *apiError {
	e := invalid("idempotency_key_in_use", "", "There is currently another in-progress request using this Idempotent Key.")
	e.status, e.kind, e.retry = http.StatusConflict, "idempotency_error", "true"
	return e
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
