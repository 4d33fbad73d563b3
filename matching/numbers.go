package matching

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
)

// numbers gives each skill a number and each group a bit, as the engine wants them.
// They hold as long as their Loader: a code that is new gets the next one, and no
// number ever means another code.
type numbers struct {
	mu     sync.Mutex
	skills map[string]uint16
	groups map[string]uint64
}

// mostGroups is how many bits there are for groups of skills.
const mostGroups = 64

// skill is the number of a code.
func (n *numbers) skill(code string) uint16 {
	n.mu.Lock()
	defer n.mu.Unlock()
	number, has := n.skills[code]
	if !has {
		number = uint16(len(n.skills))
		n.skills = with(n.skills, code, number)
	}
	return number
}

// bits are those of the groups.
func (n *numbers) bits(groups []string) (bits uint64, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, code := range groups {
		bit, has := n.groups[code]
		if !has {
			if len(n.groups) == mostGroups {
				return 0, fmt.Errorf("matching: there are more than %d groups of skills", mostGroups)
			}
			bit = 1 << len(n.groups)
			n.groups = with(n.groups, code, bit)
		}
		bits |= bit
	}
	return bits, nil
}

// learnTx numbers the reference data in the order of the codes, so that two programs
// that start alike count alike.
func (n *numbers) learnTx(ctx context.Context, tx pgx.Tx) error {
	skills, groups, err := listCodes(ctx, tx)
	if err != nil {
		return err
	}
	for _, code := range skills {
		n.skill(code)
	}
	_, err = n.bits(groups)
	return err
}
