package main

import "context"

func (r *rig) playRestore(ctx context.Context) (verdict, error) { return verdict{}, nil }
