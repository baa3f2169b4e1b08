#include "textflag.h"

DATA below<>+0(SB)/8, $0x2020202020202020
DATA below<>+8(SB)/8, $0x2020202020202020
GLOBL below<>(SB), RODATA|NOPTR, $16
DATA quote<>+0(SB)/8, $0x2222222222222222
DATA quote<>+8(SB)/8, $0x2222222222222222
GLOBL quote<>(SB), RODATA|NOPTR, $16
DATA slash<>+0(SB)/8, $0x5c5c5c5c5c5c5c5c
DATA slash<>+8(SB)/8, $0x5c5c5c5c5c5c5c5c
GLOBL slash<>(SB), RODATA|NOPTR, $16

// STOPS sets a bit of R9 for each byte of X0 at which a run ends. Bytes above
// 0x7f are negative, and so below 0x20, too.
#define STOPS \
	MOVO     X1, X4 \
	PCMPGTB  X0, X4 \
	MOVO     X0, X5 \
	PCMPEQB  X2, X5 \
	PCMPEQB  X3, X0 \
	POR      X4, X0 \
	POR      X5, X0 \
	PMOVMSKB X0, R9

// func asciiRun16(s string, i int) int
TEXT ·asciiRun16(SB), NOSPLIT, $0-32
	MOVQ  s_base+0(FP), SI
	MOVQ  s_len+8(FP), DI
	MOVQ  i+16(FP), AX
	MOVOU below<>(SB), X1
	MOVOU quote<>(SB), X2
	MOVOU slash<>(SB), X3

next:
	LEAQ  16(AX), DX
	CMPQ  DX, DI
	JGT   last
	MOVOU (SI)(AX*1), X0
	STOPS
	TESTL R9, R9
	JNZ   found
	MOVQ  DX, AX
	JMP   next

last: // fewer than 16 bytes: look at the last 16, and forget those before i
	LEAQ  -16(DI), DX
	MOVOU (SI)(DX*1), X0
	STOPS
	MOVQ  AX, CX
	SUBQ  DX, CX
	SHRL  CX, R9
	JZ    none

found:
	BSFL R9, R9
	ADDQ R9, AX
	MOVQ AX, ret+24(FP)
	RET

none:
	MOVQ DI, ret+24(FP)
	RET
