package io.leasehold.scratch.teavm;

import java.util.ArrayList;
import java.util.List;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.PrimitiveType;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.NumericOperandType;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Has calls made in Java's order. TeaVM writes {@code f(a(), b())} as just that, and C leaves open
 * which of the two is called first: gcc calls b. It does so only with a result that is used once.
 * So each result is used twice here, as {@code r | r}: then it gets a statement of its own, and of
 * the {@code |} the C compiler leaves nothing. References need nothing, since the collector has
 * them in statements of their own anyhow.
 */
public final class EvaluationOrder implements TeaVMPlugin {
    @Override
    public void install(TeaVMHost host) {
        host.add((of, context) -> transform(of));
    }

    private static void transform(ClassHolder of) {
        for (MethodHolder method : of.getMethods()) {
            Program program = method.getProgram();
            if (program != null) {
                for (BasicBlock block : program.getBasicBlocks()) {
                    transform(program, block);
                }
            }
        }
    }

    private static void transform(Program program, BasicBlock block) {
        List<InvokeInstruction> calls = new ArrayList<>();
        for (Instruction instruction : block) {
            if (instruction instanceof InvokeInstruction call && call.getReceiver() != null) {
                calls.add(call);
            }
        }
        for (InvokeInstruction call : calls) {
            if (call.getMethod().getReturnType() instanceof ValueType.Primitive result) {
                useTwice(program, call, result.getKind());
            }
        }
    }

    private static void useTwice(Program program, InvokeInstruction call, PrimitiveType type) {
        if (type == PrimitiveType.FLOAT || type == PrimitiveType.DOUBLE) {
            return;
        }
        NumericOperandType operands =
                type == PrimitiveType.LONG ? NumericOperandType.LONG : NumericOperandType.INT;
        Variable result = program.createVariable();
        BinaryInstruction twice = new BinaryInstruction(BinaryOperation.OR, operands);
        twice.setFirstOperand(result);
        twice.setSecondOperand(result);
        twice.setReceiver(call.getReceiver());
        twice.setLocation(call.getLocation());
        call.setReceiver(result);
        call.insertNext(twice);
    }
}
