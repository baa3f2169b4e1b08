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

// MARK moves what DX, CX and BX have down by 16 bits, and sets the upper ones for 16
// bytes: those of DX for backslashes, of CX for quotes, control characters and bytes
// above 0x7f, which are negative and so below 0x20, too, of BX for the last alone.
#define MARK(offset) \
	MOVOU    offset(SI), X0 \
	MOVO     X1, X4 \
	PCMPGTB  X0, X4 \
	MOVO     X0, X5 \
	PCMPEQB  X2, X5 \
	POR      X5, X4 \
	PMOVMSKB X4, R9 \
	PMOVMSKB X0, R10 \
	PCMPEQB  X3, X0 \
	PMOVMSKB X0, R8 \
	SHLQ     $48, R8 \
	SHLQ     $48, R9 \
	SHLQ     $48, R10 \
	SHRQ     $16, DX \
	SHRQ     $16, CX \
	SHRQ     $16, BX \
	ORQ      R8, DX \
	ORQ      R9, CX \
	ORQ      R10, BX

// func mark(b *block, m *marks)
TEXT ·mark(SB), NOSPLIT, $0-16
	MOVQ  b+0(FP), SI
	MOVQ  m+8(FP), DI
	MOVOU below<>(SB), X1
	MOVOU quote<>(SB), X2
	MOVOU slash<>(SB), X3
	XORQ  DX, DX
	XORQ  CX, CX
	XORQ  BX, BX
	MARK(0)
	MARK(16)
	MARK(32)
	MARK(48)
	MOVQ  BX, AX
	NOTQ  AX
	ANDQ  AX, CX
	MOVQ  DX, 0(DI)
	MOVQ  CX, 8(DI)
	MOVQ  BX, 16(DI)
	RET

// func copyRuns(dst []byte, b *block, from int, stops, slash uint64) (n, next int, left uint64)
TEXT ·copyRuns(SB), NOSPLIT, $0-80
	MOVQ dst_base+0(FP), DI
	MOVQ b+24(FP), SI
	MOVQ from+32(FP), AX
	MOVQ stops+40(FP), BX
	MOVQ slash+48(FP), DX

next:
	TESTQ  BX, BX
	JZ     done
	TZCNTQ BX, CX // BSF where there is none, which is the same: there is a bit
	CMPQ   CX, $63
	JEQ    done
	MOVQ   CX, R8
	SUBQ   AX, R8
	CMPQ   R8, $16
	JGT    done
	MOVOU  (SI)(AX*1), X0
	MOVOU  X0, (DI)
	ADDQ   R8, DI
	MOVQ   CX, AX
	BTQ    CX, DX
	JCC    done
	MOVBLZX 1(SI)(CX*1), R9
	CMPB   R9, $'"'
	JNE    other

skip:
	LEAQ   1(CX), AX
	BTRQ   CX, BX
	BTRQ   AX, BX
	JMP    next

other:
	CMPB   R9, $'\\'
	JEQ    skip
	CMPB   R9, $'/'
	JEQ    skip

done:
	SUBQ dst_base+0(FP), DI
	MOVQ DI, n+56(FP)
	MOVQ AX, next+64(FP)
	MOVQ BX, left+72(FP)
	RET
