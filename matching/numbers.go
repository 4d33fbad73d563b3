package matching

import (
	"context"
	"fmt"
	"math/bits"
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

	abilities map[string]uint32 // a bit each, as the reference data says
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
func (n *numbers) bits(groups []string) (all uint64, err error) {
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
		all |= bit
	}
	return all, nil
}

// learnTx numbers the reference data in the order of the codes, so that two programs
// that start alike count alike.
func (n *numbers) learnTx(ctx context.Context, tx pgx.Tx) error {
	skills, groups, err := listCodes(ctx, tx)
	if err != nil {
		return err
	}
	return n.learn(skills, groups)
}

// learnAbilitiesTx reads their bits, once.
func (n *numbers) learnAbilitiesTx(ctx context.Context, tx pgx.Tx) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.abilities != nil {
		return nil
	}
	all, err := listAbilities(ctx, tx)
	if err == nil {
		n.abilities = all
	}
	return err
}

// abilityBits are those of what work is like.
func (n *numbers) abilityBits(codes []string) (all uint32) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, code := range codes {
		all |= n.abilities[code]
	}
	return all
}

// list gives the codes in the order of their numbers, for who keeps them outside of memory.
func (n *numbers) list() (skills, groups []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	skills, groups = make([]string, len(n.skills)), make([]string, len(n.groups))
	for code, number := range n.skills {
		skills[number] = code
	}
	for code, bit := range n.groups {
		groups[bits.TrailingZeros64(bit)] = code
	}
	return skills, groups
}

// learn numbers these, in this order.
func (n *numbers) learn(skills, groups []string) error {
	for _, code := range skills {
		n.skill(code)
	}
	_, err := n.bits(groups)
	return err
}
